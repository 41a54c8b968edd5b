"""What a probe or a platform asks for over HTTP: health, metrics, webhooks."""
