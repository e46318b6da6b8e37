"""Words to claims: pure, offline, without model weights."""
