"""The form of an InvokeEndpoint request."""
