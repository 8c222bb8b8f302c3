package io.campanile.grpc.profile;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Struct;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.DetailsChange;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.payload.Allowance;
import io.campanile.grpc.payload.PayloadRefused;
import io.campanile.grpc.payload.StructReader;
import io.campanile.grpc.payload.StructWriter;
import io.campanile.grpc.resource.FieldMasks;
import io.campanile.v1.Profile;
import io.campanile.v1.UpsertProfileRequest;
import io.campanile.v1.ViolationReason;

import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What is known of a person between protobuf and the domain.
final class DetailsProtos {
    private DetailsProtos() {}

    /// Adds the details, without anything that tells who it is unless the caller may see it.
    static void write(ProfileDetails details, Profile.Builder proto, boolean mayIdentify) {
        if (mayIdentify) {
            proto.setAttributes(StructWriter.write(details.attributes().values()));
        }
        for (EmailAddress address : details.emailAddresses()) {
            proto.addEmailAddresses(mayIdentify ? address.value() : address.masked());
        }
        proto.setLocale(details.locale()).setTimeZone(details.timeZone());
    }

    /// What a request teaches about the person.
    static DetailsChange change(UpsertProfileRequest request) {
        Profile profile = request.getProfile();
        List<String> paths = paths(request.getUpdateMask(), request.hasUpdateMask(), profile);
        return new DetailsChange(
                attributes(profile.getAttributes()),
                request.hasUpdateMask() && paths.contains("attributes"),
                paths.contains("email_addresses")
                        ? addresses(profile.getEmailAddressesList())
                        : null,
                paths.contains("locale") ? locale(profile.getLocale()) : null,
                paths.contains("time_zone") ? timeZone(profile.getTimeZone()) : null);
    }

    private static List<String> paths(FieldMask mask, boolean present, Profile profile) {
        return FieldMasks.paths(mask, present, profile).getPathsList();
    }

    private static Map<String, Object> attributes(Struct struct) {
        try {
            var allowance = new Allowance("the attributes", Attributes.LARGEST);
            return StructReader.read("profile.attributes", struct, allowance);
        } catch (PayloadRefused e) {
            throw GrpcErrors.fieldViolations(List.of(GrpcErrors.FieldProblem.of(e.violation())));
        }
    }

    private static List<EmailAddress> addresses(List<String> texts) {
        List<EmailAddress> addresses = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            String field = "profile.email_addresses[" + i + "]";
            EmailAddress address =
                    EmailAddress.parse(texts.get(i))
                            .orElseThrow(() ->
                                    GrpcErrors.fieldViolation(
                                            field,
                                            ViolationReason.VIOLATION_REASON_ADDRESS_MALFORMED,
                                            "is not an email address"));
            if (addresses.stream()
                    .anyMatch(other -> other.comparable().equals(address.comparable()))) {
                throw wrong(field, "is there twice");
            }
            addresses.add(address);
        }
        return addresses;
    }

    private static String locale(String tag) {
        try {
            return new Locale.Builder().setLanguageTag(tag).build().equals(Locale.ROOT) ? "" : tag;
        } catch (IllformedLocaleException _) {
            throw wrong("profile.locale", "is not a language tag of BCP 47, such as de-AT");
        }
    }

    private static String timeZone(String id) {
        if (id.isEmpty() || ProfileDetails.isTimeZone(id)) {
            return id;
        }
        throw wrong(
                "profile.time_zone", "is not the IANA id of a time zone, such as Europe/Vienna");
    }

    private static RuntimeException wrong(String field, String description) {
        return GrpcErrors.fieldViolation(
                field, ViolationReason.VIOLATION_REASON_SYNTAX, description);
    }
}
