package io.campanile.persistence.consent;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.Purpose;
import io.campanile.persistence.StateRows;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// Reads columns that consents and their records share.
public final class ConsentRows {
    private static final String ANY = "ANY";

    private ConsentRows() {}

    /// What counts, from a row of `profile_consent` or `address_consent`.
    public static Consent consent(ResultSet row) throws SQLException {
        return new Consent(
                id(row),
                level(row),
                state(row),
                row.getString("source"),
                StateRows.time(row, "time"));
    }

    static ConsentRecordId id(ResultSet row) throws SQLException {
        return new ConsentRecordId(row.getObject("consent_record_id", UUID.class));
    }

    static ConsentState state(ResultSet row) throws SQLException {
        return ConsentState.valueOf(row.getString("state"));
    }

    static ConsentLevel level(ResultSet row) throws SQLException {
        String channel = row.getString("channel");
        return new ConsentLevel(
                channel.equals(ANY) ? null : Channel.valueOf(channel),
                Purpose.valueOf(row.getString("purpose")),
                row.getString("topic"));
    }

    static String channel(@Nullable Channel channel) {
        return channel == null ? ANY : channel.name();
    }
}
