"""Bodies that are no text: images, npy, safetensors, WAV."""
