package io.campanile.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import build.buf.validate.FieldRules;
import build.buf.validate.ValidateProto;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.ExtensionRegistry;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class ViolationTextTest {
    @Test
    void hasWordsForEachPatternOfTheProtos() throws IOException {
        assertThat(patterns())
                .hasSizeGreaterThan(20)
                .allSatisfy(pattern ->
                        assertThat(ViolationText.words(pattern, "")).as(pattern).isNotEmpty());
    }

    private static Set<String> patterns() throws IOException {
        ExtensionRegistry rules = ExtensionRegistry.newInstance();
        ValidateProto.registerAllExtensions(rules);
        try (InputStream set =
                ViolationTextTest.class.getResourceAsStream("/campanile/v1/campanile.binpb")) {
            return FileDescriptorSet.parseFrom(set, rules).getFileList().stream()
                    .filter(file -> file.getPackage().equals("campanile.v1"))
                    .flatMap(file -> file.getMessageTypeList().stream())
                    .flatMap(ViolationTextTest::withNested)
                    .flatMap(type -> type.getFieldList().stream())
                    .map(field -> field.getOptions().getExtension(ValidateProto.field))
                    .flatMap(ViolationTextTest::patterns)
                    .filter(pattern -> !pattern.isEmpty())
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<DescriptorProto> withNested(DescriptorProto type) {
        return Stream.concat(
                Stream.of(type),
                type.getNestedTypeList().stream().flatMap(ViolationTextTest::withNested));
    }

    private static Stream<String> patterns(FieldRules rules) {
        return Stream.of(
                        rules,
                        rules.getRepeated().getItems(),
                        rules.getMap().getKeys(),
                        rules.getMap().getValues())
                .map(each -> each.getString().getPattern());
    }
}
