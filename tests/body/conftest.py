"""Property tests here say what is true, not how fast: machines that are busy are no failures."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
