package io.campanile.persistence.consent;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.Purpose;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// Reads columns of consents and their records.
public final class ConsentRows {
    private static final String ANY = "ANY";

    private ConsentRows() {}

    static ConsentRecordId id(ResultSet row) throws SQLException {
        return new ConsentRecordId(row.getObject("consent_record_id", UUID.class));
    }

    static ConsentState state(ResultSet row) throws SQLException {
        return ConsentState.valueOf(row.getString("state"));
    }

    public static ConsentLevel level(ResultSet row) throws SQLException {
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
