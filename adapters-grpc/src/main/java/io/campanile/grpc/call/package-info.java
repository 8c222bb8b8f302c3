/// What happens to every call before and after its method: keys, permissions, syntax, deadlines and
/// the form of errors.
@org.jspecify.annotations.NullMarked
package io.campanile.grpc.call;
