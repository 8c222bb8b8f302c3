/// What triggers need from outside.
@org.jspecify.annotations.NullMarked
package io.campanile.application.trigger.port;
