package io.campanile.application.delivery;

import java.util.concurrent.atomic.AtomicInteger;

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

    /// @param most characters; the mails that each provider may always have are held as well
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

    private synchronized void take(long characters) {
        held += characters;
        average = (INERTIA * average + characters) / (INERTIA + 1);
    }

    private synchronized void giveBack(long characters) {
        held -= characters;
    }

    /// @param always how many mails there is room for, whatever others hold
    Share share(int always) {
        return new Share(always);
    }

    /// What one provider has. One that hangs, and holds what there is, must not keep others
    /// waiting. Thread-safe.
    final class Share {
        private final int always;
        private final AtomicInteger mails = new AtomicInteger();

        private Share(int always) {
            this.always = always;
        }

        /// How many mails there is room for, if they are like the last.
        int room() {
            return Math.max(RenderedMails.this.room(), always - mails.get());
        }

        /// Gives back what a mail held.
        void giveBack(long characters) {
            mails.decrementAndGet();
            RenderedMails.this.giveBack(characters);
        }

        Batch batch() {
            return new Batch(this);
        }
    }

    /// What is rendered together. Whatever is not handed over is given back at the end, for
    /// whatever reason. Not thread-safe.
    final class Batch implements AutoCloseable {
        private final Share share;
        private int mails;
        private long characters;

        private Batch(Share share) {
            this.share = share;
        }

        /// Whether another mail may be rendered.
        boolean hasRoom() {
            return share.room() > 0;
        }

        void take(long ofMail) {
            mails++;
            characters += ofMail;
            share.mails.incrementAndGet();
            RenderedMails.this.take(ofMail);
        }

        /// From now on somebody else gives this mail back.
        void leave(long ofMail) {
            mails--;
            characters -= ofMail;
        }

        @Override
        public void close() {
            share.mails.addAndGet(-mails);
            giveBack(characters);
            mails = 0;
            characters = 0;
        }
    }
}
