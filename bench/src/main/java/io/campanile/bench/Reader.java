package io.campanile.bench;

/// What becomes of the messages to readers, by their number: of each fifty, five may not be written
/// to, each for another reason.
enum Reader {
    WITHOUT_CONSENT(0, "CONSENT_DENIED"),
    SUPPRESSED(1, "ADDRESS_SUPPRESSED"),
    AT_A_SUPPRESSED_DOMAIN(2, "DOMAIN_SUPPRESSED"),
    CAPPED(3, "FREQUENCY_CAPPED"),
    ASLEEP(4, "QUIET_HOURS");

    static final int OF = 50;

    private final int place;
    private final String reason;

    /// @param place of those numbers, divided by [#OF], what is left
    Reader(int place, String reason) {
        this.place = place;
        this.reason = reason;
    }

    /// Why they are excluded.
    String reason() {
        return reason;
    }

    /// How many of the readers from 0 on there are of this kind.
    long among(int readers) {
        return (readers + OF - 1L - place) / OF;
    }

    static boolean isWrittenTo(int number) {
        return number % OF >= values().length;
    }

    /// How many of the readers from 0 on are written to.
    static int writtenTo(int readers) {
        long excluded = 0;
        for (Reader kind : values()) {
            excluded += kind.among(readers);
        }
        return (int) (readers - excluded);
    }
}
