"""The models behind the demo's endpoints: small, real, and without dependencies.

One module a model. Each is a `tui.demo.containers.Container`: it takes a body and headers,
computes, and answers; nothing is looked up in a table of answers. What a model learns from is in
``data/`` and is read when the first request comes. Nothing here knows SageMaker's routes or errors.
"""
