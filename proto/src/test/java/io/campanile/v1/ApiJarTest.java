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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What client teams rely on when they have nothing but the jar.
class ApiJarTest {
    private static final String PACKAGE = "campanile.v1";

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
            assertThat(getClass().getResource("/" + file.getName())).as(file.getName()).isNotNull();
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
        var config = Struct.newBuilder();
        JsonFormat.parser().merge(text("/campanile/v1/campanile_grpc_service_config.json"), config);

        List<String> configured = new ArrayList<>();
        for (Value group : list(config.build(), "methodConfig")) {
            for (Value name : list(group.getStructValue(), "name")) {
                Map<String, Value> fields = name.getStructValue().getFieldsMap();
                configured.add(
                        fields.get("service").getStringValue()
                                + "/"
                                + fields.get("method").getStringValue());
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
