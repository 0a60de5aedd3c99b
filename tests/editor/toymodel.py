"""A language model of 30,000 random weights, written as GGUF: it answers at once, and says nothing that means anything."""

from __future__ import annotations

import sys
from pathlib import Path

WIDTH, INNER = 32, 64
TEMPLATE = "{% for message in messages %}{{ message.content }}\n{% endfor %}"


def write(path: Path) -> None:
    import gguf
    import numpy as np

    # The tokens are the 256 bytes and the space of SentencePiece.
    tokens = [b"<unk>", b"<s>", b"</s>", *(f"<0x{byte:02X}>".encode() for byte in range(256)), "▁".encode()]
    kinds = [2, 3, 3, *[6] * 256, 1]
    model = gguf.GGUFWriter(path, "llama")
    model.add_context_length(4096)
    model.add_embedding_length(WIDTH)
    model.add_block_count(1)
    model.add_feed_forward_length(INNER)
    model.add_head_count(2)
    model.add_head_count_kv(2)
    model.add_layer_norm_rms_eps(1e-5)
    model.add_rope_dimension_count(WIDTH // 2)
    model.add_vocab_size(len(tokens))
    model.add_tokenizer_model("llama")
    model.add_token_list(tokens)
    model.add_token_scores([0.0] * len(tokens))
    model.add_token_types(kinds)
    model.add_bos_token_id(1)
    model.add_eos_token_id(2)
    model.add_unk_token_id(0)
    model.add_chat_template(TEMPLATE)
    random = np.random.default_rng(7)

    def weights(*shape: int) -> object:
        return (random.standard_normal(shape) * 0.1).astype(np.float32)

    model.add_tensor("token_embd.weight", weights(len(tokens), WIDTH))
    model.add_tensor("output.weight", weights(len(tokens), WIDTH))
    for name in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        model.add_tensor(f"{name}.weight", np.ones(WIDTH, np.float32))
    for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
        model.add_tensor(f"blk.0.{name}.weight", weights(WIDTH, WIDTH))
    model.add_tensor("blk.0.ffn_gate.weight", weights(INNER, WIDTH))
    model.add_tensor("blk.0.ffn_up.weight", weights(INNER, WIDTH))
    model.add_tensor("blk.0.ffn_down.weight", weights(WIDTH, INNER))
    model.write_header_to_file()
    model.write_kv_data_to_file()
    model.write_tensors_to_file()
    model.close()


def serve(path: Path) -> None:
    """Serve a model with llama.cpp; the address stands on the first line, and the end of standard input ends it."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(path)
    parameters.n_ctx = 4096
    parameters.n_parallel = 1
    parameters.port = 0
    parameters.n_gpu_layers = 0
    parameters.warmup = False
    parameters.cpuparams.n_threads = 1
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
