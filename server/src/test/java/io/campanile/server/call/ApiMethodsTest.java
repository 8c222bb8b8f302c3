package io.campanile.server.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;

import io.campanile.v1.TriggerServiceGrpc;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

class ApiMethodsTest {
    @Test
    void knowEveryMethodOfTheProtos() throws IOException {
        List<String> methods;
        try (InputStream in =
                TriggerServiceGrpc.class.getResourceAsStream("/campanile/v1/campanile.binpb")) {
            methods =
                    FileDescriptorSet.parseFrom(in).getFileList().stream()
                            .filter(file -> file.getPackage().equals("campanile.v1"))
                            .flatMap(file -> file.getServiceList().stream())
                            .flatMap(service -> service.getMethodList().stream())
                            .map(method -> method.getName())
                            .toList();
        }

        assertThat(methods).isNotEmpty();
        assertThat(methods)
                .allSatisfy(method ->
                        assertThat(ApiMethods.find(method).getBareMethodName()).isEqualTo(method));
    }
}
