"""A local SageMaker: a loopback server and a catalogue of endpoints with small real models."""
