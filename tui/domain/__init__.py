"""The nouns: endpoints, requests, exchanges, errors. Pure standard library, frozen values."""
