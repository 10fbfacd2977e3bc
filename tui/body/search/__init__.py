"""Finding in a body: literals, regular expressions in a process of their own, JMESPath."""
