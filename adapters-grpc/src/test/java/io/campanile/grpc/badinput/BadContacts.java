package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadProfiles.known;
import static io.campanile.grpc.badinput.BadProfiles.upsert;

import io.campanile.v1.PushToken;

import java.util.Collections;
import java.util.List;

/// Bad phone numbers and push tokens of profiles.
final class BadContacts {
    private BadContacts() {}

    static void add(List<BadInput> cases) {
        upsert(
                cases,
                "profile: a phone number without its country",
                known().addPhoneNumbers("0664 1234567"),
                "profile.phone_numbers[0]");
        upsert(
                cases,
                "profile: a phone number that no country has",
                known().addPhoneNumbers("+43 664 1234567").addPhoneNumbers("+999 12345678"),
                "profile.phone_numbers[1] ADDRESS_MALFORMED");
        upsert(
                cases,
                "profile: a phone number too short for its country",
                known().addPhoneNumbers("+43 664 12"),
                "profile.phone_numbers[0] ADDRESS_MALFORMED");
        upsert(
                cases,
                "profile: a phone number with an extension",
                known().addPhoneNumbers("+43 664 1234567 ext. 8"),
                "profile.phone_numbers[0]");
        upsert(
                cases,
                "profile: a phone number in two spellings",
                known().addPhoneNumbers("+43 664 1234567").addPhoneNumbers("+43 (0)664/123-4567"),
                "profile.phone_numbers[1]");
        upsert(
                cases,
                "profile: too many phone numbers",
                known().addAllPhoneNumbers(Collections.nCopies(11, "+436641234567")),
                "profile.phone_numbers");
        upsert(
                cases,
                "profile: a push token of no platform",
                known().addPushTokens(token().clearPlatform()),
                "profile.push_tokens[0].platform REQUIRED");
        upsert(
                cases,
                "profile: a push token of a platform nobody knows",
                known().addPushTokens(token().setPlatformValue(9)),
                "profile.push_tokens[0].platform");
        upsert(
                cases,
                "profile: a push token of no app",
                known().addPushTokens(token()).addPushTokens(token().clearAppId()),
                "profile.push_tokens[1].app_id REQUIRED");
        upsert(
                cases,
                "profile: a push token with a line break",
                known().addPushTokens(token().setToken("t-\n1")),
                "profile.push_tokens[0].token");
        upsert(
                cases,
                "profile: a push token twice",
                known().addPushTokens(token())
                        .addPushTokens(token().setPlatform(PushToken.Platform.PLATFORM_ANDROID)),
                "profile.push_tokens[1]");
    }

    private static PushToken.Builder token() {
        return PushToken.newBuilder()
                .setPlatform(PushToken.Platform.PLATFORM_IOS)
                .setAppId("com.example.shop")
                .setToken("t-1");
    }
}
