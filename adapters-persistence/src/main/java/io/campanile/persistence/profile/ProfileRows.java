package io.campanile.persistence.profile;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.PhoneNumber;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.FormerAddress;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.persistence.Json;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What rows of `profile` hold.
public final class ProfileRows {
    /// The columns that [#details] reads, of a row `p`.
    public static final String DETAILS =
            "p.attributes, p.email_addresses, p.phone_numbers, p.push_tokens, p.locale,"
                    + " p.time_zone, p.former_addresses";

    /// The columns that [#decisive] reads, of a row `p`.
    public static final String DECISIVE = "p.attributes, p.email_addresses, p.locale, p.time_zone";

    private ProfileRows() {}

    /// What decisions about email, and its content, need of a profile: no phones, no tokens. Read
    /// for many people at once. A stored address that is no address by the rules of today is left
    /// out, so that it keeps nobody else waiting.
    public static ProfileDetails decisive(ResultSet row) throws SQLException {
        return new ProfileDetails(
                new Attributes(Json.map(row.getString("attributes"))),
                texts(row, "email_addresses")
                        .flatMap(text -> EmailAddress.parse(text).stream())
                        .toList(),
                List.of(),
                List.of(),
                row.getString("locale"),
                row.getString("time_zone"));
    }

    public static ProfileDetails details(ResultSet row) throws SQLException {
        return new ProfileDetails(
                new Attributes(Json.map(row.getString("attributes"))),
                list(row, "email_addresses", EmailAddress::new),
                list(row, "phone_numbers", PhoneNumber::new),
                PushTokenJson.read(row.getString("push_tokens")),
                row.getString("locale"),
                row.getString("time_zone"),
                readFormer(row.getString("former_addresses")));
    }

    private static List<FormerAddress> readFormer(String json) {
        return Json.map(json).entrySet().stream()
                .map(row ->
                        new FormerAddress(
                                new EmailAddress(row.getKey()),
                                Instant.parse(row.getValue().toString())))
                .toList();
    }

    static String writeFormer(List<FormerAddress> former) {
        return Json.write(
                former.stream()
                        .collect(
                                Collectors.toMap(
                                        row -> row.address().value(),
                                        row -> row.until().toString())));
    }

    private static <T> List<T> list(ResultSet row, String column, Function<String, T> read)
            throws SQLException {
        return texts(row, column).map(read).toList();
    }

    private static Stream<String> texts(ResultSet row, String column) throws SQLException {
        return Stream.of((String[]) row.getArray(column).getArray());
    }
}
