package io.campanile.persistence.audience;

import io.campanile.application.audience.port.AudienceSample;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.profile.Identity;

import org.jdbi.v3.core.Handle;

import java.util.ArrayList;
import java.util.List;

/// Counts members and chooses some by chance, in one statement, so that the two belong together.
final class SampleRows {
    // The count comes with a row that is there even when there is no member.
    private static final String CHOOSE =
            """
            SELECT (SELECT count(*) FROM member) AS members, r.namespace, r.value
            FROM (SELECT 1) AS always
            LEFT JOIN (
              SELECT %s
              FROM (SELECT m.profile_id FROM member m ORDER BY random() LIMIT :most) AS c
              %s
            ) AS r ON true
            """
                    .formatted(NamedMembers.COLUMNS, NamedMembers.JOIN);

    private SampleRows() {}

    static AudienceSample choose(Handle handle, Audience audience, String namespace, int most) {
        MemberQuery members = MemberQuery.of(audience);
        List<Identity> chosen = new ArrayList<>();
        long count =
                handle.createQuery(members.kept("member") + CHOOSE)
                        .bindMap(members.values())
                        .bind("namespace", namespace)
                        .bind("most", most)
                        .map((row, _) -> {
                            if (row.getString("namespace") != null) {
                                chosen.add(
                                        new Identity(
                                                row.getString("namespace"),
                                                row.getString("value")));
                            }
                            return row.getLong("members");
                        })
                        .list()
                        .getFirst();
        return new AudienceSample(count, chosen);
    }
}
