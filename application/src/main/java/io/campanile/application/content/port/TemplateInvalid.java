package io.campanile.application.content.port;

/// A template that does not compile.
public final class TemplateInvalid extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TemplateInvalid(String message) {
        super(message);
    }
}
