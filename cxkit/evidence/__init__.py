"""From a client's files to checked, pseudonymised tables."""
