package io.campanile.grpc.profile;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.PhoneNumber;
import io.campanile.domain.channel.PushToken;
import io.campanile.domain.channel.PushToken.Platform;
import io.campanile.domain.profile.FormerAddress;
import io.campanile.domain.profile.MoreContacts;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.grpc.call.Enums;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.v1.Profile;
import io.campanile.v1.UpsertProfileRequest;
import io.campanile.v1.ViolationReason;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Where a person is reached, between protobuf and the domain.
final class ContactProtos {
    private ContactProtos() {}

    /// Adds the contacts, masked unless the caller may see them.
    static void write(ProfileDetails details, Profile.Builder proto, boolean mayIdentify) {
        for (EmailAddress address : details.emailAddresses()) {
            proto.addEmailAddresses(mayIdentify ? address.value() : address.masked());
        }
        for (FormerAddress former : details.formerAddresses()) {
            EmailAddress address = former.address();
            proto.addFormerEmailAddresses(mayIdentify ? address.value() : address.masked());
        }
        for (PhoneNumber number : details.phoneNumbers()) {
            proto.addPhoneNumbers(mayIdentify ? number.value() : number.masked());
        }
        for (PushToken token : details.pushTokens()) {
            proto.addPushTokensBuilder()
                    .setPlatform(
                            Enums.proto(
                                    io.campanile.v1.PushToken.Platform.class,
                                    "PLATFORM_",
                                    token.platform()))
                    .setAppId(token.appId())
                    .setToken(mayIdentify ? token.token() : token.masked())
                    .setValid(token.valid());
        }
    }

    static List<EmailAddress> emailAddresses(Profile profile) throws ProfileRefused {
        return emailAddresses("email_addresses", profile.getEmailAddressesList());
    }

    static List<PhoneNumber> phoneNumbers(Profile profile) throws ProfileRefused {
        return phoneNumbers("phone_numbers", profile.getPhoneNumbersList());
    }

    static List<PushToken> pushTokens(Profile profile) throws ProfileRefused {
        return pushTokens("push_tokens", profile.getPushTokensList());
    }

    /// What a request lays behind those that are known.
    static MoreContacts more(UpsertProfileRequest request) throws ProfileRefused {
        return new MoreContacts(
                emailAddresses("add_email_addresses", request.getAddEmailAddressesList()),
                phoneNumbers("add_phone_numbers", request.getAddPhoneNumbersList()),
                pushTokens("add_push_tokens", request.getAddPushTokensList()));
    }

    private static List<EmailAddress> emailAddresses(String field, List<String> texts)
            throws ProfileRefused {
        return distinct(
                field,
                parsed(field, texts, EmailAddress::parse, EmailAddress::fault),
                EmailAddress::comparable);
    }

    private static List<PhoneNumber> phoneNumbers(String field, List<String> texts)
            throws ProfileRefused {
        return distinct(
                field,
                parsed(
                        field,
                        texts,
                        PhoneNumbers::parse,
                        _ -> "is not a phone number of any country"),
                PhoneNumber::value);
    }

    private static List<PushToken> pushTokens(String field, List<io.campanile.v1.PushToken> protos)
            throws ProfileRefused {
        List<PushToken> tokens = protos.stream().map(ContactProtos::pushToken).toList();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).token().equals(tokens.get(i).masked())) {
                throw refused(
                        field,
                        i,
                        ViolationReason.VIOLATION_REASON_SYNTAX,
                        "is what a caller sees who may not see the token");
            }
        }
        return distinct(field, tokens, PushToken::key);
    }

    private static PushToken pushToken(io.campanile.v1.PushToken proto) {
        return new PushToken(
                platform(proto.getPlatform()),
                proto.getAppId(),
                proto.getToken(),
                !proto.hasValid() || proto.getValid());
    }

    private static Platform platform(io.campanile.v1.PushToken.Platform platform) {
        return switch (platform) {
            case PLATFORM_IOS -> Platform.IOS;
            case PLATFORM_ANDROID -> Platform.ANDROID;
            case PLATFORM_WEB -> Platform.WEB;
            case PLATFORM_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("an unchecked platform");
        };
    }

    private static <T> List<T> parsed(
            String field,
            List<String> texts,
            Function<String, Optional<T>> parse,
            UnaryOperator<String> fault)
            throws ProfileRefused {
        List<T> values = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            Optional<T> value = parse.apply(texts.get(i));
            if (value.isEmpty()) {
                throw refused(
                        field,
                        i,
                        ViolationReason.VIOLATION_REASON_ADDRESS_MALFORMED,
                        fault.apply(texts.get(i)));
            }
            values.add(value.get());
        }
        return values;
    }

    private static <T> List<T> distinct(String field, List<T> values, Function<T, ?> key)
            throws ProfileRefused {
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            if (!seen.add(key.apply(values.get(i)))) {
                throw refused(field, i, ViolationReason.VIOLATION_REASON_SYNTAX, "is there twice");
            }
        }
        return values;
    }

    private static ProfileRefused refused(
            String field, int index, ViolationReason reason, String description) {
        return new ProfileRefused(new FieldProblem(field + "[" + index + "]", reason, description));
    }
}
