package io.campanile.server.command;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/// Ends the process when a thread ends that nobody expects to: a node that lost its intake or a
/// provider's loop would go on, look healthy and do only half of its work; one whose embedded
/// database died would do nothing. Whoever supervises the process starts it again, and what it was
/// at is resumed as after a crash. Threads of calls have a handler of their own.
final class LastResort {
    static final int EXIT_CODE = 3;

    private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

    /// Who stops all processes of a service at once stops the database too, which may be faster.
    private static final Duration UNTIL_A_STOP_BEGINS = Duration.ofSeconds(1);

    private final ServeCommand.Stop stop;

    private LastResort(ServeCommand.Stop stop) {
        this.stop = stop;
    }

    /// @param stop goes on whatever ends meanwhile: it has a deadline of its own
    static void install(ServeCommand.Stop stop) {
        Thread.setDefaultUncaughtExceptionHandler(new LastResort(stop)::end);
    }

    private void end(Thread thread, Throwable thrown) {
        boolean stopping = false;
        try {
            stop.noteDisorder();
            LOG.error("the process ends, because a thread did thread={}", thread.getName(), thrown);
            // Somebody may have tried to end the thread before it did.
            var _ = Thread.interrupted();
            stopping = stop.awaitBegin(UNTIL_A_STOP_BEGINS);
        } catch (InterruptedException e) {
            thread.interrupt();
        } finally {
            if (!stopping) {
                // Without hooks: to stop in good order may need the thread that is gone.
                Runtime.getRuntime().halt(EXIT_CODE);
            }
        }
    }
}
