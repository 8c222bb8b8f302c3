package io.campanile.grpc.profile;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Struct;

import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.DetailsChange;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.grpc.call.FieldProblem;
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
    /// What can be replaced, and everything.
    private static final List<String> MASKABLE =
            List.of(
                    "attributes",
                    "email_addresses",
                    "phone_numbers",
                    "push_tokens",
                    "locale",
                    "time_zone",
                    "*");

    private DetailsProtos() {}

    /// Adds the details, without anything that tells who it is unless the caller may see it.
    static void write(ProfileDetails details, Profile.Builder proto, boolean mayIdentify) {
        if (mayIdentify) {
            proto.setAttributes(StructWriter.write(details.attributes().values()));
        }
        ContactProtos.write(details, proto, mayIdentify);
        proto.setLocale(details.locale()).setTimeZone(details.timeZone());
    }

    /// What a request teaches about the person, but for the contacts that it adds.
    static DetailsChange change(UpsertProfileRequest request) throws ProfileRefused {
        return change(request.getProfile(), request.getUpdateMask());
    }

    /// What a row teaches about the person.
    static DetailsChange change(Profile row) throws ProfileRefused {
        return change(row, FieldMask.getDefaultInstance());
    }

    /// A mask without paths is none (AIP-134): it would replace everything that is known by what
    /// happens to be set.
    private static DetailsChange change(Profile profile, FieldMask mask) throws ProfileRefused {
        boolean masked = mask.getPathsCount() > 0;
        requireMaskable(mask);
        List<String> paths = FieldMasks.paths(mask, masked, profile).getPathsList();
        boolean attributes = paths.contains("attributes");
        return new DetailsChange(
                attributes ? attributes(profile.getAttributes()) : Map.of(),
                masked && attributes,
                paths.contains("email_addresses") ? ContactProtos.emailAddresses(profile) : null,
                paths.contains("phone_numbers") ? ContactProtos.phoneNumbers(profile) : null,
                paths.contains("push_tokens") ? ContactProtos.pushTokens(profile) : null,
                paths.contains("locale") ? locale(profile.getLocale()) : null,
                paths.contains("time_zone") ? timeZone(profile.getTimeZone()) : null);
    }

    private static void requireMaskable(FieldMask mask) {
        List<FieldProblem> problems = new ArrayList<>();
        for (int i = 0; i < mask.getPathsCount(); i++) {
            if (!MASKABLE.contains(mask.getPaths(i))) {
                problems.add(
                        new FieldProblem(
                                "update_mask.paths[" + i + "]",
                                ViolationReason.VIOLATION_REASON_FIELD_UNKNOWN,
                                "is none of " + String.join(", ", MASKABLE)));
            }
        }
        if (!problems.isEmpty()) {
            throw GrpcErrors.fieldViolations(problems);
        }
    }

    private static Map<String, Object> attributes(Struct struct) throws ProfileRefused {
        try {
            var allowance = new Allowance("the attributes", Attributes.LARGEST);
            return StructReader.read("attributes", struct, allowance);
        } catch (PayloadRefused e) {
            throw new ProfileRefused(FieldProblem.of(e.violation()));
        }
    }

    /// Java takes no empty tag, and a mask may name a language that is to be forgotten.
    private static String locale(String tag) throws ProfileRefused {
        if (tag.isEmpty()) {
            return tag;
        }
        try {
            return new Locale.Builder().setLanguageTag(tag).build().equals(Locale.ROOT) ? "" : tag;
        } catch (IllformedLocaleException _) {
            throw wrong("locale", "is not a language tag of BCP 47, such as de-AT");
        }
    }

    private static String timeZone(String id) throws ProfileRefused {
        if (id.isEmpty() || ProfileDetails.isTimeZone(id)) {
            return id;
        }
        throw wrong("time_zone", "is not the IANA id of a time zone, such as Europe/Vienna");
    }

    private static ProfileRefused wrong(String field, String description) {
        return new ProfileRefused(
                new FieldProblem(field, ViolationReason.VIOLATION_REASON_SYNTAX, description));
    }
}
