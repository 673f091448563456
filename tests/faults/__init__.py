"""What holds when processes are killed, deliveries repeat, and the engine is not there."""

TOKEN = "4242:stand-in-token"
SECRET = "s3cret_-"
