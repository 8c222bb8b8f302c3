package io.campanile.grpc.profile;

import io.campanile.application.profile.ImportProfiles;
import io.campanile.v1.Profile;

import java.util.ArrayList;
import java.util.List;

/// Cuts rows into parts that name no more identities than can be learned at once.
final class ProfileParts {
    private ProfileParts() {}

    /// In the order of the rows. A row of too many identities is a part of its own, and refused.
    static List<List<Profile>> of(List<Profile> rows) {
        List<List<Profile>> parts = new ArrayList<>(1);
        int first = 0;
        int identities = 0;
        for (int i = 0; i < rows.size(); i++) {
            int more = locked(rows.get(i));
            if (i > first && identities + more > ImportProfiles.MOST_IDENTITIES) {
                parts.add(rows.subList(first, i));
                first = i;
                identities = 0;
            }
            identities += more;
        }
        parts.add(rows.subList(first, rows.size()));
        return parts;
    }

    /// The name of a profile stands for an identity by which it is locked.
    private static int locked(Profile row) {
        return row.getIdentitiesCount() + (row.getName().isEmpty() ? 0 : 1);
    }
}
