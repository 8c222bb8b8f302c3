package io.campanile.persistence.profile;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.persistence.Json;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Stream;

/// What rows of `profile` hold.
public final class ProfileRows {
    /// The columns that [#details] reads, of a row `p`.
    public static final String DETAILS = "p.attributes, p.email_addresses, p.locale, p.time_zone";

    private ProfileRows() {}

    public static ProfileDetails details(ResultSet row) throws SQLException {
        String[] addresses = (String[]) row.getArray("email_addresses").getArray();
        return new ProfileDetails(
                new Attributes(Json.map(row.getString("attributes"))),
                Stream.of(addresses).map(EmailAddress::new).toList(),
                row.getString("locale"),
                row.getString("time_zone"));
    }
}
