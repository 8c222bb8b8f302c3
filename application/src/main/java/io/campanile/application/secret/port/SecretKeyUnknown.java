package io.campanile.application.secret.port;

/// A secret cannot be read, because this node lacks the key it is encrypted with. Its message names
/// the key's id and nothing else.
public final class SecretKeyUnknown extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public SecretKeyUnknown(String keyId) {
        super("a secret is encrypted with the key " + keyId + ", which this node does not have");
    }
}
