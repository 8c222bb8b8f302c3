package io.campanile.testkit.smtp;

/// What a script makes the server do in place of its part, or before it.
public sealed interface Reaction {
    /// Answers with this line; a 421 also closes the connection. Nothing is counted.
    record Reply(String line) implements Reaction {}

    /// Answers with this line and closes the connection. Nothing is counted.
    record ReplyAndCut(String line) implements Reaction {}

    /// Says this line again and again until the client goes.
    record ReplyForEver(String line) implements Reaction {}

    /// Says nothing until [ScriptedSmtpServer#release], then goes on as usual.
    record Stall() implements Reaction {}

    /// Closes the connection without a word; at the final dot nothing is counted.
    record Cut() implements Reaction {}

    /// Counts the message and closes the connection without a word.
    record CountAndCut() implements Reaction {}
}
