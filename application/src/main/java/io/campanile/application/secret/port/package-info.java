/// What is kept encrypted.
@org.jspecify.annotations.NullMarked
package io.campanile.application.secret.port;
