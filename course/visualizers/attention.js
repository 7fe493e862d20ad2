// Attention explorer: the map of attention with all its controls.

export default { render: attentionMap };
