package io.campanile.bench;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/// A campaign with readers of its own, told at the sink by their numbers: those below [#MOST_CODES]
/// get codes.
///
/// @param place among the newsletters, from 0
record Newsletter(BenchWorkspace workspace, String campaign, int place, int readers) {
    static final int MOST_CODES = 100_000;

    /// So that the places stay within what numbers at the sink may have.
    static final int MOST_READERS = 2_000_000;

    /// The number of its first reader.
    private int first() {
        return MOST_CODES + place * readers;
    }

    /// The first number that is behind its readers.
    int end() {
        return first() + readers;
    }

    void create(ReaderSeed seed) throws SQLException {
        workspace.createCampaign(campaign, List.of());
        seed.willing(workspace.id(), first(), readers);
        seed.members(workspace.id(), campaign, first(), readers);
    }

    /// When the mails to its readers came, of all that came.
    long[] arrivals(long[] micros) {
        return Arrays.copyOfRange(micros, first(), end());
    }
}
