package io.campanile.testkit.smtp;

import java.util.function.Predicate;

/// A sentence of a script under construction: when, how often, and at last what. It takes effect
/// with its last word, for all connections.
public final class SmtpRule {
    private final SmtpScript script;
    private final Stage stage;

    private Predicate<String> argument = _ -> true;
    private boolean firstOfEach;
    private int toSkip;
    private int toApply = Integer.MAX_VALUE;

    SmtpRule(SmtpScript script, Stage stage) {
        this.script = script;
        this.stage = stage;
    }

    /// Only for this argument: the address at `MAIL` and `RCPT`, otherwise what follows the verb.
    public SmtpRule of(String wanted) {
        argument = wanted::equals;
        return this;
    }

    /// Only the first time each argument comes: greylisting.
    public SmtpRule firstOfEach() {
        firstOfEach = true;
        return this;
    }

    /// Not before the stage was reached so many times.
    public SmtpRule after(int times) {
        toSkip = times;
        return this;
    }

    public SmtpRule once() {
        return times(1);
    }

    public SmtpRule times(int times) {
        toApply = times;
        return this;
    }

    public void reply(String line) {
        then(new Reaction.Reply(line));
    }

    public void replyAndCut(String line) {
        then(new Reaction.ReplyAndCut(line));
    }

    /// Says the line again and again; it is to begin like `220-`.
    public void replyForEver(String line) {
        then(new Reaction.ReplyForEver(line));
    }

    public void stall() {
        then(new Reaction.Stall());
    }

    public void cut() {
        then(new Reaction.Cut());
    }

    public void countAndCut() {
        then(new Reaction.CountAndCut());
    }

    private void then(Reaction reaction) {
        script.add(new SmtpScript.Rule(stage, argument, firstOfEach, toSkip, toApply, reaction));
    }
}
