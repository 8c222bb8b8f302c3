package io.campanile.server.command;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the process when a thread ends that nobody expects to: a node that lost its intake or a
/// provider's loop would go on, look healthy and do only half of its work; one whose embedded
/// database died would do nothing. Whoever supervises the process starts it again, and what it was
/// at is resumed as after a crash. Threads of calls have a handler of their own.
final class LastResort {
    static final int EXIT_CODE = 3;

    private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

    private LastResort() {}

    static void install() {
        Thread.setDefaultUncaughtExceptionHandler(LastResort::end);
    }

    private static void end(Thread thread, Throwable thrown) {
        try {
            LOG.error("the process ends, because a thread did thread={}", thread.getName(), thrown);
        } finally {
            // Without hooks: to stop in good order may need the thread that is gone.
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
