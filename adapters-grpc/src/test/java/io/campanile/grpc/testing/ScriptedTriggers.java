package io.campanile.grpc.testing;

import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.grpc.trigger.Triggers;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Passes triggers on and remembers them; or answers what a test tells it to.
public final class ScriptedTriggers implements Triggers {
    public final List<TriggerCommand> taken = new CopyOnWriteArrayList<>();
    private final Triggers real;
    private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
    private volatile @Nullable TriggerResult next;
    private volatile boolean holding;
    private volatile @Nullable Error error;

    ScriptedTriggers(Triggers real) {
        this.real = real;
    }

    /// Answers this from now on; null for what is really answered.
    public void answer(@Nullable TriggerResult result) {
        next = result;
    }

    /// Ends every thread that triggers from now on.
    public void fail(Error by) {
        error = by;
    }

    /// Answers nothing until [#goOn].
    public void hold() {
        holding = true;
    }

    /// Answers what was held, and everything from now on.
    public void goOn() {
        holding = false;
        for (Runnable next = held.poll(); next != null; next = held.poll()) {
            next.run();
        }
    }

    @Override
    public void trigger(TriggerCommand command, Consumer<TriggerResult> answer) {
        taken.add(command);
        Error fatal = error;
        if (fatal != null) {
            throw fatal;
        }
        TriggerResult scripted = next;
        if (holding) {
            held.add(() -> real.trigger(command, answer));
        } else if (scripted != null) {
            answer.accept(scripted);
        } else {
            real.trigger(command, answer);
        }
    }
}
