package io.campanile.grpc.call;

/// An exception with its types and frames, without its messages.
final class Unquoted extends RuntimeException {
    Unquoted(Throwable original) {
        super(
                original.getClass().getName(),
                original.getCause() == null ? null : new Unquoted(original.getCause()),
                false,
                true);
        setStackTrace(original.getStackTrace());
    }
}
