package io.campanile.persistence.consent;

import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.SqlArrays;

import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
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

    /// A record with all its columns.
    static ConsentRecord record(ResultSet row) throws SQLException {
        UUID profile = row.getObject("profile_id", UUID.class);
        ConsentSubject subject =
                profile == null
                        ? new ConsentSubject.OfAddress(new EmailAddress(row.getString("address")))
                        : new ConsentSubject.OfProfile(new ProfileId(profile));
        return new ConsentRecord(
                id(row),
                new WorkspaceId(row.getString("workspace_id")),
                subject,
                level(row),
                state(row),
                row.getString("source"),
                row.getString("proof"),
                new Actor(row.getString("actor")),
                RowTimes.time(row, "time"),
                RowTimes.time(row, "record_time"));
    }

    /// The levels and times of records, besides their subjects.
    static <S extends SqlStatement<S>> S bindRecords(
            S statement, WorkspaceId workspace, Collection<ConsentRecord> records) {
        List<ConsentSubject> subjects = records.stream().map(ConsentRecord::subject).toList();
        return bind(statement, workspace, subjects)
                .bind(
                        "channels",
                        SqlArrays.texts(records, record -> channel(record.level().channel())))
                .bind(
                        "purposes",
                        SqlArrays.texts(records, record -> record.level().purpose().name()))
                .bind("topics", SqlArrays.texts(records, record -> record.level().topic()))
                .bind("times", SqlArrays.times(records, ConsentRecord::time));
    }

    static <S extends SqlStatement<S>> S bind(
            S statement, WorkspaceId workspace, Collection<ConsentSubject> subjects) {
        return statement
                .bind("workspace", workspace.value())
                .bind("profiles", SqlArrays.texts(subjects, ConsentRows::profile))
                .bind("addresses", SqlArrays.texts(subjects, ConsentRows::address));
    }

    private static @Nullable String profile(ConsentSubject subject) {
        return subject instanceof ConsentSubject.OfProfile(var id) ? id.toString() : null;
    }

    private static @Nullable String address(ConsentSubject subject) {
        return subject instanceof ConsentSubject.OfAddress(var address) ? address.value() : null;
    }
}
