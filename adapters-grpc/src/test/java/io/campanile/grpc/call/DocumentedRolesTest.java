package io.campanile.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;

import io.campanile.domain.access.Permission;
import io.campanile.domain.access.Role;
import io.campanile.v1.TriggerServiceGrpc;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The roles that the comments of the protos name are those the gate lets in. A comment names the
/// least of them: a role that may do all another may is let in with it.
class DocumentedRolesTest {
    private static final Pattern ROLES = Pattern.compile("Role: (`\\w+`(?: or `\\w+`)*)");
    private static final Pattern ROLE = Pattern.compile("`(\\w+)`");

    private static final Pattern EXAMPLE =
            Pattern.compile("\"method\": \"([^\"]+)\",\\s*\"roles\": \"([a-z,]+)\"");

    @Test
    void areThoseTheGateAsksFor() throws IOException {
        Map<String, Set<Role>> documented = documented();

        assertThat(new MethodRules().all())
                .allSatisfy(rule ->
                        assertThat(documented.get(rule.method().getFullMethodName()))
                                .as(rule.method().getFullMethodName())
                                .isEqualTo(permitted(rule)));
    }

    @Test
    void areThoseThatTheExampleOfTheErrorHas() throws IOException {
        List<Matcher> examples =
                files().stream()
                        .flatMap(file -> file.getSourceCodeInfo().getLocationList().stream())
                        .map(location -> EXAMPLE.matcher(location.getLeadingComments()))
                        .filter(Matcher::find)
                        .toList();

        assertThat(examples)
                .hasSize(1)
                .allSatisfy(example ->
                        assertThat(new MethodRules().all())
                                .filteredOn(rule ->
                                        rule.method().getFullMethodName().equals(example.group(1)))
                                .singleElement()
                                .satisfies(rule ->
                                        assertThat(example.group(2))
                                                .isEqualTo(names(permitted(rule)))));
    }

    private static String names(Set<Role> roles) {
        return roles.stream()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
    }

    private static Set<Role> permitted(MethodRule rule) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        rule.anyOf().forEach(permission -> roles.addAll(Role.permitting(permission)));
        return roles;
    }

    private static Map<String, Set<Role>> documented() throws IOException {
        Map<String, Set<Role>> roles = new HashMap<>();
        for (FileDescriptorProto file : files()) {
            for (Location location : file.getSourceCodeInfo().getLocationList()) {
                if (isMethod(location)) {
                    roles.put(name(file, location), roles(location.getLeadingComments()));
                }
            }
        }
        return roles;
    }

    private static List<FileDescriptorProto> files() throws IOException {
        try (InputStream in =
                TriggerServiceGrpc.class.getResourceAsStream("/campanile/v1/campanile.binpb")) {
            return FileDescriptorSet.parseFrom(in).getFileList();
        }
    }

    /// A method is at `[6, service, 2, method]` of its file.
    private static boolean isMethod(Location location) {
        return location.getPathCount() == 4
                && location.getPath(0) == FileDescriptorProto.SERVICE_FIELD_NUMBER
                && location.getPath(2) == 2;
    }

    private static String name(FileDescriptorProto file, Location location) {
        var service = file.getService(location.getPath(1));
        return file.getPackage()
                + "."
                + service.getName()
                + "/"
                + service.getMethod(location.getPath(3)).getName();
    }

    private static Set<Role> roles(String comment) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Matcher sentence = ROLES.matcher(comment.replaceAll("\\s+", " "));
        if (sentence.find()) {
            Matcher named = ROLE.matcher(sentence.group(1));
            while (named.find()) {
                roles.addAll(atLeast(Role.valueOf(named.group(1).toUpperCase(Locale.ROOT))));
            }
        }
        return roles;
    }

    private static Set<Role> atLeast(Role least) {
        Set<Role> roles = EnumSet.allOf(Role.class);
        roles.removeIf(role ->
                Arrays.stream(Permission.values())
                        .anyMatch(each -> least.permits(each) && !role.permits(each)));
        return roles;
    }
}
