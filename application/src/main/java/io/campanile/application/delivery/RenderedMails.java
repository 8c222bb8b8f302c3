package io.campanile.application.delivery;

/// What rendered mails hold of a node's memory. A short payload can render to megabytes, and each
/// slot of each provider may hold a mail for as long as that one hangs: without a bound for all of
/// them they would outgrow any heap. Thread-safe.
final class RenderedMails {
    private static final int SHARE_OF_HEAP = 8;
    private static final int BYTES_OF_CHARACTER = 2;

    /// How much an average goes by the mails before.
    private static final int INERTIA = 7;

    private final long most;
    private long held;
    private long average;

    /// @param most characters; the mail that exceeds it is held as well
    RenderedMails(long most) {
        this.most = most;
    }

    static RenderedMails ofHeap() {
        return new RenderedMails(
                Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / BYTES_OF_CHARACTER);
    }

    /// How many mails there is room for, if they are like the last.
    synchronized int room() {
        if (held >= most) {
            return 0;
        }
        return Math.clamp((most - held) / Math.max(1, average), 1, Integer.MAX_VALUE);
    }

    private synchronized boolean hasRoom() {
        return held < most;
    }

    private synchronized void take(long characters) {
        held += characters;
        average = (INERTIA * average + characters) / (INERTIA + 1);
    }

    /// Gives back what a mail held.
    synchronized void giveBack(long characters) {
        held -= characters;
    }

    Batch batch() {
        return new Batch();
    }

    /// What is rendered together. Whatever is not handed over is given back at the end, for
    /// whatever reason. Not thread-safe.
    final class Batch implements AutoCloseable {
        private long mine;

        /// Whether another mail may be rendered.
        boolean hasRoom() {
            return RenderedMails.this.hasRoom();
        }

        void take(long characters) {
            mine += characters;
            RenderedMails.this.take(characters);
        }

        /// From now on somebody else gives these back.
        void leave(long characters) {
            mine -= characters;
        }

        @Override
        public void close() {
            giveBack(mine);
            mine = 0;
        }
    }
}
