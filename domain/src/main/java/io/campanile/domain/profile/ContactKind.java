package io.campanile.domain.profile;

/// Ways to reach a person; a profile has a list of each.
public enum ContactKind {
    EMAIL_ADDRESS(ProfileDetails.MOST_ADDRESSES),
    PHONE_NUMBER(ProfileDetails.MOST_NUMBERS),
    PUSH_TOKEN(ProfileDetails.MOST_TOKENS);

    private final int most;

    ContactKind(int most) {
        this.most = most;
    }

    /// How many of them a profile holds.
    public int most() {
        return most;
    }
}
