/// Mail over SMTP.
@org.jspecify.annotations.NullMarked
package io.campanile.channels.email;
