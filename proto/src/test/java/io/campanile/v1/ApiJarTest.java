package io.campanile.v1;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;

import com.google.api.AnnotationsProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What client teams rely on when they have nothing but the jar.
class ApiJarTest {
    private static final String PACKAGE = "campanile.v1";

    /// What names of methods begin with that change nothing.
    private static final List<String> READING =
            List.of("Get", "List", "LookUp", "Explain", "Review", "Estimate");

    /// Field numbers of FileDescriptorProto and what it holds, without the indexes between them.
    private static final Set<String> DECLARATIONS =
            Set.of("4.", "4.2.", "4.8.", "4.4.", "4.4.2.", "5.", "5.2.", "6.", "6.2.");

    @Test
    void carriesADescriptorSetThatResolvesByItself() throws Exception {
        Map<String, FileDescriptor> built = new HashMap<>();
        for (FileDescriptorProto file : descriptorSet().getFileList()) {
            FileDescriptor[] imports =
                    file.getDependencyList().stream()
                            .map(built::get)
                            .toArray(FileDescriptor[]::new);
            assertThat(imports).as("imports of " + file.getName()).doesNotContainNull();
            built.put(file.getName(), FileDescriptor.buildFrom(file, imports));
        }

        assertThat(built).containsKey("campanile/v1/trigger_service.proto");
    }

    @Test
    void carriesTheSourceOfEveryProtoItNeeds() throws Exception {
        for (FileDescriptorProto file : descriptorSet().getFileList()) {
            // Not only in the jar of the library that it comes from.
            assertThat(Path.of("target", "classes").resolve(file.getName())).isRegularFile();
        }
    }

    @Test
    void hasAnHttpMappingForEveryMethod() throws Exception {
        for (ServiceDescriptorProto service : services()) {
            for (MethodDescriptorProto method : service.getMethodList()) {
                assertThat(method.getOptions().hasExtension(AnnotationsProto.http))
                        .as(service.getName() + "/" + method.getName())
                        .isTrue();
            }
        }
    }

    @Test
    void explainsEveryMessageFieldEnumValueAndMethod() throws Exception {
        for (FileDescriptorProto file : ownFiles()) {
            for (Location location : file.getSourceCodeInfo().getLocationList()) {
                if (isDeclaration(location.getPathList())) {
                    assertThat(location.getLeadingComments())
                            .as(file.getName() + ":" + (location.getSpan(0) + 1))
                            .isNotBlank();
                }
            }
        }
    }

    @Test
    void configuresEveryMethodOfTheServiceConfigOnce() throws Exception {
        List<String> configured = new ArrayList<>();
        for (Value group : methodConfigs()) {
            for (Value name : list(group.getStructValue(), "name")) {
                configured.add(field(name, "service") + "/" + field(name, "method"));
            }
        }

        List<String> methods = new ArrayList<>();
        for (ServiceDescriptorProto service : services()) {
            for (MethodDescriptorProto method : service.getMethodList()) {
                methods.add(PACKAGE + "." + service.getName() + "/" + method.getName());
            }
        }
        assertThat(configured).containsExactlyInAnyOrderElementsOf(methods);
    }

    /// Whoever repeats a call whose answer was lost may do so after somebody else has called: a yes
    /// repeated after a no, a broadcast resumed again after it was paused, or a member added again
    /// who was taken out, would send mail against what was said last. A pause or a removal that is
    /// repeated sends less at worst.
    @Test
    void repeatsNoCallThatWouldSendWhatWasForbiddenMeanwhile() throws Exception {
        Set<String> repeated = new TreeSet<>();
        for (Value group : methodConfigs()) {
            if (group.getStructValue().containsFields("retryPolicy")) {
                list(group.getStructValue(), "name")
                        .forEach(name -> repeated.add(field(name, "method")));
            }
        }
        repeated.removeIf(
                method -> READING.stream().anyMatch(reading -> method.startsWith(reading)));

        assertThat(repeated)
                .containsExactly(
                        "BatchUpsertProfiles",
                        "CancelExecution",
                        "ConfirmConsent",
                        "PauseExecution",
                        "RecordReceipts",
                        "RemoveAudienceMembers",
                        "RevokeApiKey",
                        "StopCampaign",
                        "TriggerAudience",
                        "TriggerCampaign",
                        "UpsertProfile");
    }

    private List<Value> methodConfigs() throws IOException {
        var config = Struct.newBuilder();
        JsonFormat.parser().merge(text("/campanile/v1/campanile_grpc_service_config.json"), config);
        return list(config.build(), "methodConfig");
    }

    private static String field(Value value, String name) {
        return value.getStructValue().getFieldsOrThrow(name).getStringValue();
    }

    @Test
    void validatesATriggerApartFromItsRecipients() throws Exception {
        Validator validator = ValidatorFactory.newBuilder().build();
        Recipient nameless = Recipient.newBuilder().setContextJson("{}").build();
        TriggerCampaignRequest request =
                TriggerCampaignRequest.newBuilder()
                        .setCampaign("workspaces/default/campaigns/receipt")
                        .setRequestId("order-4711")
                        .addRecipients(nameless)
                        .build();

        ValidationResult envelope = validator.validate(request);
        ValidationResult recipient = validator.validate(nameless);

        assertThat(envelope.isSuccess()).as(envelope.toString()).isTrue();
        assertThat(recipient.isSuccess()).isFalse();
    }

    /// Whether a path of the source info is that of a message, field, oneof, enum (also inside a
    /// message), enum value, service or method, rather than of a part of one.
    private static boolean isDeclaration(List<Integer> path) {
        StringBuilder kinds = new StringBuilder();
        for (int i = 0; i < path.size(); i += 2) {
            kinds.append(path.get(i)).append('.');
        }
        return path.size() % 2 == 0 && DECLARATIONS.contains(kinds.toString());
    }

    private static List<Value> list(Struct struct, String field) {
        return struct.getFieldsOrThrow(field).getListValue().getValuesList();
    }

    private List<ServiceDescriptorProto> services() throws IOException {
        return ownFiles().stream().flatMap(file -> file.getServiceList().stream()).toList();
    }

    private List<FileDescriptorProto> ownFiles() throws IOException {
        return descriptorSet().getFileList().stream()
                .filter(file -> file.getPackage().equals(PACKAGE))
                .toList();
    }

    private FileDescriptorSet descriptorSet() throws IOException {
        ExtensionRegistry extensions = ExtensionRegistry.newInstance();
        AnnotationsProto.registerAllExtensions(extensions);
        try (InputStream in = getClass().getResourceAsStream("/campanile/v1/campanile.binpb")) {
            return FileDescriptorSet.parseFrom(in, extensions);
        }
    }

    private String text(String resource) throws IOException {
        try (InputStream in = getClass().getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
