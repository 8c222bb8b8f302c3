package io.campanile.grpc;

import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.grpc.trigger.Triggers;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Passes triggers on and remembers them; or answers what a test tells it to.
final class ScriptedTriggers implements Triggers {
    final List<TriggerCommand> taken = new CopyOnWriteArrayList<>();
    private final Triggers real;
    private volatile @Nullable TriggerResult next;
    private volatile boolean silent;

    ScriptedTriggers(Triggers real) {
        this.real = real;
    }

    /// Answers this from now on; null for what is really answered.
    void answer(@Nullable TriggerResult result) {
        next = result;
    }

    /// Answers nothing from now on.
    void neverAnswer() {
        silent = true;
    }

    @Override
    public void trigger(TriggerCommand command, Consumer<TriggerResult> answer) {
        taken.add(command);
        TriggerResult scripted = next;
        if (scripted != null) {
            answer.accept(scripted);
        } else if (!silent) {
            real.trigger(command, answer);
        }
    }
}
