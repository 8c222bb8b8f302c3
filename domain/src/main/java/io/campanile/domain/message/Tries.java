package io.campanile.domain.message;

/// How often a message was tried.
///
/// @param attempts how often it was marked
/// @param doubts after how many of them it was recorded that nobody knows whether the provider took
///   it
public record Tries(int attempts, int doubts) {
    public static final Tries NONE = new Tries(0, 0);

    /// With one attempt more, of which nothing is recorded.
    public Tries withAnother() {
        return new Tries(attempts + 1, doubts);
    }
}
