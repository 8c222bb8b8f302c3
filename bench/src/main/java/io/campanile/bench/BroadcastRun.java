package io.campanile.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/// What became of a broadcast.
///
/// @param seconds from the trigger to the last mail at the sink
/// @param lost may be written to, and got nothing
/// @param duplicated mails beyond the first of a message
/// @param wronglySent may not be written to, and got a mail
/// @param excluded messages by reason
/// @param heapMegabytes the server's live heap, the most it was in between
record BroadcastRun(
        int members,
        double seconds,
        long lost,
        long duplicated,
        long wronglySent,
        Map<String, Long> excluded,
        double heapMegabytes,
        Map<String, Double> cpuMicrosPerMessage) {

    /// To be sent.
    int mails() {
        return Reader.writtenTo(members);
    }

    double perSecond() {
        return (mails() - lost) / seconds;
    }

    /// Whether everybody got what they may get, and nobody else anything.
    boolean isRight() {
        return lost == 0 && duplicated == 0 && wronglySent == 0 && excluded.equals(expected());
    }

    private Map<String, Long> expected() {
        var expected = new LinkedHashMap<String, Long>();
        for (Reader kind : Reader.values()) {
            expected.put(kind.reason(), kind.among(members));
        }
        return expected;
    }

    Map<String, Object> level() {
        var level = new LinkedHashMap<String, Object>();
        level.put("members", members);
        level.put("handed_over_per_s", Report.round(perSecond()));
        level.put("seconds", Report.round(seconds));
        level.put("heap_mb", Report.round(heapMegabytes));
        level.put("wrongly_sent", wronglySent);
        level.put("excluded", excluded);
        return level;
    }
}
