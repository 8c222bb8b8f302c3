/// A real SMTP server that can be told to misbehave.
@org.jspecify.annotations.NullMarked
package io.campanile.testkit.smtp;
