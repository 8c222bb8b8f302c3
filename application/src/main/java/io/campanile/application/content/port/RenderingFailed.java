package io.campanile.application.content.port;

/// This content cannot be rendered for this recipient. The message names the variable, never a
/// value.
public final class RenderingFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RenderingFailed(String message) {
        super(message);
    }
}
