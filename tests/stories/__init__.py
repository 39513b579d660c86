"""Stories: what people live through with a desk, told against the real processes and the real peers."""
