"""What worker processes do, and the processes: bytes in, bytes out."""
