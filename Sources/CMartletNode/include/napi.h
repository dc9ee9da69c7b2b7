// Declarations of Node-API, version 8: the functions that MartletNode calls. Node exports them, with the same
// ABI in every release from 12.22. Source: https://nodejs.org/api/n-api.html. Declared here, so that a build
// needs no header of Node's.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_ref__ *napi_ref;
typedef struct napi_deferred__ *napi_deferred;
typedef struct napi_handle_scope__ *napi_handle_scope;
typedef struct napi_callback_scope__ *napi_callback_scope;
typedef struct napi_async_context__ *napi_async_context;
typedef struct napi_callback_info__ *napi_callback_info;

typedef napi_value (*napi_callback)(napi_env env, napi_callback_info info);
typedef void (*napi_finalize)(napi_env env, void *data, void *hint);

/// A result of a call; every other value is an error, too.
typedef int napi_status;
static const napi_status napi_ok = 0;
static const napi_status napi_pending_exception = 10;

/// The type of a value, as `typeof` says it, and null.
typedef int napi_valuetype;
static const napi_valuetype napi_undefined = 0;
static const napi_valuetype napi_null = 1;
static const napi_valuetype napi_boolean = 2;
static const napi_valuetype napi_number = 3;
static const napi_valuetype napi_string = 4;
static const napi_valuetype napi_symbol = 5;
static const napi_valuetype napi_object = 6;
static const napi_valuetype napi_function = 7;
static const napi_valuetype napi_external = 8;
static const napi_valuetype napi_bigint = 9;

/// Marks an object as one that this addon has wrapped.
typedef struct {
    uint64_t lower, upper;
} napi_type_tag;

// Values
napi_status napi_get_undefined(napi_env env, napi_value *result);
napi_status napi_get_null(napi_env env, napi_value *result);
napi_status napi_get_boolean(napi_env env, bool value, napi_value *result);
napi_status napi_get_global(napi_env env, napi_value *result);
napi_status napi_create_double(napi_env env, double value, napi_value *result);
napi_status napi_create_string_utf8(napi_env env, const char *text, size_t length, napi_value *result);
napi_status napi_create_object(napi_env env, napi_value *result);
napi_status napi_create_array_with_length(napi_env env, size_t length, napi_value *result);
napi_status napi_create_buffer_copy(napi_env env, size_t length, const void *data, void **copy,
                                    napi_value *result);
napi_status napi_typeof(napi_env env, napi_value value, napi_valuetype *result);
napi_status napi_get_value_bool(napi_env env, napi_value value, bool *result);
napi_status napi_get_value_double(napi_env env, napi_value value, double *result);
napi_status napi_get_value_string_utf8(napi_env env, napi_value value, char *text, size_t size,
                                       size_t *length);
napi_status napi_is_array(napi_env env, napi_value value, bool *result);
napi_status napi_get_buffer_info(napi_env env, napi_value value, void **data, size_t *length);
napi_status napi_coerce_to_string(napi_env env, napi_value value, napi_value *result);

// Objects
napi_status napi_get_named_property(napi_env env, napi_value object, const char *name, napi_value *result);
napi_status napi_set_named_property(napi_env env, napi_value object, const char *name, napi_value value);
napi_status napi_get_array_length(napi_env env, napi_value array, uint32_t *result);
napi_status napi_get_element(napi_env env, napi_value array, uint32_t index, napi_value *result);
napi_status napi_set_element(napi_env env, napi_value array, uint32_t index, napi_value value);
napi_status napi_wrap(napi_env env, napi_value object, void *data, napi_finalize finalize, void *hint,
                      napi_ref *result);
napi_status napi_unwrap(napi_env env, napi_value object, void **result);
napi_status napi_type_tag_object(napi_env env, napi_value object, const napi_type_tag *tag);
napi_status napi_check_object_type_tag(napi_env env, napi_value object, const napi_type_tag *tag,
                                       bool *result);

// Functions
napi_status napi_create_function(napi_env env, const char *name, size_t length, napi_callback callback,
                                 void *data, napi_value *result);
napi_status napi_get_cb_info(napi_env env, napi_callback_info info, size_t *count, napi_value *arguments,
                             napi_value *receiver, void **data);
napi_status napi_call_function(napi_env env, napi_value receiver, napi_value function, size_t count,
                               const napi_value *arguments, napi_value *result);
napi_status napi_make_callback(napi_env env, napi_async_context context, napi_value receiver,
                               napi_value function, size_t count, const napi_value *arguments,
                               napi_value *result);
napi_status napi_async_init(napi_env env, napi_value resource, napi_value name, napi_async_context *result);

// Lifetime
napi_status napi_create_reference(napi_env env, napi_value value, uint32_t count, napi_ref *result);
napi_status napi_delete_reference(napi_env env, napi_ref reference);
napi_status napi_reference_ref(napi_env env, napi_ref reference, uint32_t *result);
napi_status napi_reference_unref(napi_env env, napi_ref reference, uint32_t *result);
napi_status napi_get_reference_value(napi_env env, napi_ref reference, napi_value *result);
napi_status napi_open_handle_scope(napi_env env, napi_handle_scope *result);
napi_status napi_close_handle_scope(napi_env env, napi_handle_scope scope);
napi_status napi_open_callback_scope(napi_env env, napi_value resource, napi_async_context context,
                                     napi_callback_scope *result);
napi_status napi_close_callback_scope(napi_env env, napi_callback_scope scope);

// Promises and errors
napi_status napi_create_promise(napi_env env, napi_deferred *deferred, napi_value *promise);
napi_status napi_resolve_deferred(napi_env env, napi_deferred deferred, napi_value value);
napi_status napi_reject_deferred(napi_env env, napi_deferred deferred, napi_value value);
napi_status napi_create_error(napi_env env, napi_value code, napi_value message, napi_value *result);
napi_status napi_create_type_error(napi_env env, napi_value code, napi_value message, napi_value *result);
napi_status napi_throw(napi_env env, napi_value error);
napi_status napi_throw_error(napi_env env, const char *code, const char *message);
napi_status napi_get_and_clear_last_exception(napi_env env, napi_value *result);
napi_status napi_fatal_exception(napi_env env, napi_value error);

// The loop
struct uv_loop_s;
napi_status napi_get_uv_event_loop(napi_env env, struct uv_loop_s **result);
