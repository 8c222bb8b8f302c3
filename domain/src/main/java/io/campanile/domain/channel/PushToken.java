package io.campanile.domain.channel;

/// Where push messages reach an app on one device of a person. Prints itself masked.
///
/// @param appId which app, as its platform calls it
/// @param token what the platform gave the app; opaque
/// @param valid whether the platform still takes it, as far as anybody said
public record PushToken(Platform platform, String appId, String token, boolean valid) {
    /// Who brings push messages to the device.
    public enum Platform {
        IOS,
        ANDROID,
        WEB
    }

    /// What makes two tokens the same one.
    public record Key(String appId, String token) {
        @Override
        public String toString() {
            return "Key[redacted]";
        }
    }

    public PushToken {
        if (appId.isEmpty() || token.isEmpty()) {
            throw new IllegalArgumentException("a push token without app or token");
        }
    }

    public Key key() {
        return new Key(appId, token);
    }

    /// Nothing of it, for people who may not see the whole: whoever has a part may guess none.
    public String masked() {
        return "***";
    }

    @Override
    public String toString() {
        return "PushToken[" + platform + "]";
    }
}
