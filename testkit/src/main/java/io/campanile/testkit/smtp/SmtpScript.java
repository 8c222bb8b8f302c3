package io.campanile.testkit.smtp;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/// The rules a server follows; the first that applies wins. Thread-safe.
final class SmtpScript {
    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    void add(Rule rule) {
        rules.add(rule);
    }

    void clear() {
        rules.clear();
    }

    @Nullable Reaction reaction(Stage stage, String argument) {
        for (Rule rule : rules) {
            if (rule.stage == stage && rule.applies(argument)) {
                return rule.reaction;
            }
        }
        return null;
    }

    static final class Rule {
        private final Stage stage;
        private final Predicate<String> argument;
        private final boolean firstOfEach;
        private final Reaction reaction;
        private final Set<String> seen = new HashSet<>();
        private int toSkip;
        private int toApply;

        Rule(
                Stage stage,
                Predicate<String> argument,
                boolean firstOfEach,
                int toSkip,
                int toApply,
                Reaction reaction) {
            this.stage = stage;
            this.argument = argument;
            this.firstOfEach = firstOfEach;
            this.toSkip = toSkip;
            this.toApply = toApply;
            this.reaction = reaction;
        }

        synchronized boolean applies(String value) {
            if (toApply == 0 || !argument.test(value) || (firstOfEach && !seen.add(value))) {
                return false;
            }
            if (toSkip > 0) {
                toSkip--;
                return false;
            }
            toApply--;
            return true;
        }
    }
}
